-- Serves: an endpoint's deliveries, newest first.
ALTER TABLE webhook_deliveries ADD KEY webhook_deliveries_list (endpoint_id, delivery_id)
