-- Events for programs. Triggers record them, so an event is in the transaction of its change: none is missed, none invented. An account
-- records them once it has an endpoint or a key. Deliveries carry a copy of that mark, so that the mails of all others read no row for it. (`send.queued` is
-- inserted by `db/sends.ts`: a trigger on sends would make SQLite keep what it inserts in a table of its own first, and read it.)
ALTER TABLE `accounts` ADD COLUMN `records_events` integer;
--> statement-breakpoint
CREATE INDEX `accounts_records_events` ON `accounts` (`id`) WHERE records_events = 1;
--> statement-breakpoint
ALTER TABLE `deliveries` ADD COLUMN `records_events` integer;
--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`test` integer NOT NULL,
	`url` text NOT NULL,
	`description` text NOT NULL,
	`events` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`failing_since` integer,
	`disabled_at` integer,
	`disabled_reason` text,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
UPDATE accounts SET records_events = 1 WHERE id IN (SELECT account_id FROM api_keys WHERE revoked_at IS NULL);
--> statement-breakpoint
-- `id` begins with the time, so the key is also the order of the list. `data` is what was true when it happened.
CREATE TABLE `outgoing_events` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`test` integer NOT NULL,
	`document_id` text,
	`send_id` text,
	`delivery_id` text,
	`contact_id` text,
	`data` text NOT NULL,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
-- An event for an endpoint: `due_at` is when it is posted next, null once that is over. `log` holds the latest attempts.
CREATE TABLE `webhook_calls` (
	`account_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`event_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer,
	`log` text NOT NULL,
	PRIMARY KEY(`account_id`, `endpoint_id`, `event_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `webhook_calls_due` ON `webhook_calls` (`due_at`) WHERE `due_at` IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER `outgoing_events_calls` AFTER INSERT ON `outgoing_events`
BEGIN
	INSERT INTO webhook_calls (account_id, endpoint_id, event_id, state, attempts, due_at, log)
	SELECT e.account_id, e.id, NEW.id, 'waiting', 0, NEW.at, '[]' FROM webhook_endpoints e
	WHERE e.account_id = NEW.account_id AND e.test = NEW.test AND e.disabled_at IS NULL AND instr(e.events, '"' || NEW.type || '"') > 0;
END;
--> statement-breakpoint
CREATE TRIGGER `deliveries_events` AFTER UPDATE OF `status` ON `deliveries`
WHEN NEW.status <> OLD.status AND NEW.purpose = 'customer'
	AND NEW.status IN ('sent', 'delivered', 'deferred', 'bounced', 'soft_bounced', 'dropped', 'failed', 'unknown', 'complained')
	AND NEW.records_events = 1
BEGIN
	INSERT INTO outgoing_events (account_id, id, type, at, test, document_id, send_id, delivery_id, data)
	SELECT NEW.account_id, printf('evt_%012x%s', time.at, lower(hex(randomblob(8)))),
		'delivery.' || CASE NEW.status WHEN 'soft_bounced' THEN 'bounced' ELSE NEW.status END,
		time.at, NEW.document_id >= 'doc_test_', NEW.document_id, NEW.send_id, NEW.id,
		json_object('state', NEW.status, 'reason', NEW.reason)
	FROM (SELECT coalesce(CASE NEW.status WHEN 'sent' THEN NEW.sent_at WHEN 'delivered' THEN NEW.delivered_at ELSE NEW.ended_at END,
		NEW.sent_at, CAST(unixepoch('subsec') * 1000 AS INTEGER)) AS at) time;
END;
--> statement-breakpoint
CREATE TRIGGER `history_events` AFTER INSERT ON `history`
WHEN NEW.type IN ('viewed', 'paid', 'cancelled') AND EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND records_events = 1)
BEGIN
	INSERT INTO outgoing_events (account_id, id, type, at, test, document_id, delivery_id, data)
	VALUES (NEW.account_id, printf('evt_%012x%s', NEW.at, lower(hex(randomblob(8)))),
		CASE NEW.type WHEN 'cancelled' THEN 'send.cancelled' ELSE 'document.' || NEW.type END, NEW.at,
		NEW.document_id >= 'doc_test_', NEW.document_id, NEW.delivery_id, '{}');
END;
--> statement-breakpoint
CREATE TRIGGER `documents_events_insert` AFTER INSERT ON `documents`
WHEN NEW.status = 'final' AND EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND records_events = 1)
BEGIN
	INSERT INTO outgoing_events (account_id, id, type, at, test, document_id, contact_id, data)
	VALUES (NEW.account_id, printf('evt_%012x%s', coalesce(NEW.finalised_at, NEW.updated_at), lower(hex(randomblob(8)))), 'document.finalized', coalesce(NEW.finalised_at, NEW.updated_at),
		NEW.test, NEW.id, NEW.contact_id, '{}');
END;
--> statement-breakpoint
CREATE TRIGGER `documents_events_update` AFTER UPDATE OF `status` ON `documents`
WHEN OLD.status = 'draft' AND NEW.status = 'final' AND EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND records_events = 1)
BEGIN
	INSERT INTO outgoing_events (account_id, id, type, at, test, document_id, contact_id, data)
	VALUES (NEW.account_id, printf('evt_%012x%s', coalesce(NEW.finalised_at, NEW.updated_at), lower(hex(randomblob(8)))), 'document.finalized', coalesce(NEW.finalised_at, NEW.updated_at),
		NEW.test, NEW.id, NEW.contact_id, '{}');
END;
--> statement-breakpoint
CREATE TRIGGER `contacts_events` AFTER UPDATE OF `merged_into` ON `contacts`
WHEN OLD.merged_into IS NULL AND NEW.merged_into IS NOT NULL
	AND EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND records_events = 1)
BEGIN
	INSERT INTO outgoing_events (account_id, id, type, at, test, contact_id, data)
	VALUES (NEW.account_id, printf('evt_%012x%s', coalesce(NEW.merged_at, NEW.updated_at), lower(hex(randomblob(8)))), 'contact.merged', coalesce(NEW.merged_at, NEW.updated_at),
		NEW.id >= 'con_test_', NEW.id, json_object('merged_into', NEW.merged_into));
END;
--> statement-breakpoint
-- A background job posts what is due. It exists only while something waits, so that an idle tick reads nothing for it.
CREATE TRIGGER `webhook_calls_job` AFTER INSERT ON `webhook_calls`
BEGIN
	INSERT INTO chores (account_id, kind, id, position, due_at) VALUES ('', 'post_events', '', '', NEW.due_at)
	ON CONFLICT (account_id, kind, id) DO UPDATE SET due_at = excluded.due_at WHERE due_at > excluded.due_at;
END;
--> statement-breakpoint
CREATE TRIGGER `outgoing_events_job` AFTER INSERT ON `outgoing_events`
BEGIN
	INSERT INTO chores (account_id, kind, id, position, due_at) VALUES ('', 'delete_events', '', '', NEW.at + 2592000000) ON CONFLICT DO NOTHING;
END;
