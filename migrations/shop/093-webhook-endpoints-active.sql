-- Serves: which endpoints are told of events? Those that were disabled stay, and are not read for it.
ALTER TABLE webhook_endpoints ADD KEY webhook_endpoints_active (status, endpoint_id)
