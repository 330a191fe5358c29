-- Serves: an endpoint's deliveries, newest first, all or of one status.
ALTER TABLE webhook_deliveries
  DROP KEY webhook_deliveries_list,
  ADD KEY webhook_deliveries_list (endpoint_id, status, delivery_id)
