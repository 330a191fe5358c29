-- Serves: which deliveries have long been delivered or given up? The sweep deletes them.
ALTER TABLE webhook_deliveries ADD KEY webhook_deliveries_finished (finished_at)
