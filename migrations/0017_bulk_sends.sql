-- One act over many documents: looked through in steps, shown before anything happens, confirmed once, queued in steps. Its counters
-- say how far its mails are, so that progress is one row, however many they are.
CREATE TABLE `bulk_sends` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`test` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`working` integer,
	`source` text NOT NULL,
	`cursor` text DEFAULT '' NOT NULL,
	`tally` text DEFAULT '{}' NOT NULL,
	`capped` integer DEFAULT 0 NOT NULL,
	`left_out` integer DEFAULT 0 NOT NULL,
	`confirmed_at` integer,
	`confirmed_by` text,
	`due_at` integer,
	`undone_at` integer,
	`undone_by` text,
	`queued` integer DEFAULT 0 NOT NULL,
	`withheld` integer DEFAULT 0 NOT NULL,
	`over_quota` integer DEFAULT 0 NOT NULL,
	`waiting` integer DEFAULT 0 NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`delivered` integer DEFAULT 0 NOT NULL,
	`deferred` integer DEFAULT 0 NOT NULL,
	`unknown` integer DEFAULT 0 NOT NULL,
	`problem` integer DEFAULT 0 NOT NULL,
	`cancelled` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
-- Those with a step to do: a tick reads nothing else.
CREATE INDEX `bulk_sends_working` ON `bulk_sends` (`account_id`,`id`) WHERE working IS NOT NULL;
--> statement-breakpoint
-- The list of documents that a bulk send has fixed, with what was known of each when it was looked at. `position` is the order in which
-- they are queued: drafts by their issue dates first, so that numbers keep the order of dates.
CREATE TABLE `bulk_documents` (
	`account_id` text NOT NULL,
	`bulk_id` text NOT NULL,
	`position` text NOT NULL,
	`document_id` text NOT NULL,
	`flags` integer NOT NULL,
	`version` integer NOT NULL,
	`credited` integer NOT NULL,
	`latest_send_id` text,
	`reason` text,
	PRIMARY KEY(`account_id`, `bulk_id`, `position`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `deliveries` ADD COLUMN `bulk_id` text;
--> statement-breakpoint
-- Keeps the counters of a bulk send, copies to the merchant left out: one row written where one of its mails changes from one group to another, none for any other mail.
CREATE TRIGGER `deliveries_bulk_progress` AFTER UPDATE OF `status` ON `deliveries`
WHEN NEW.bulk_id IS NOT NULL AND NEW.purpose = 'customer' AND OLD.status <> NEW.status
	AND NOT (OLD.status IN ('queued', 'dispatched', 'sending') AND NEW.status IN ('queued', 'dispatched', 'sending'))
BEGIN
	UPDATE bulk_sends SET
		waiting = waiting + (NEW.status IN ('queued', 'dispatched', 'sending')) - (OLD.status IN ('queued', 'dispatched', 'sending')),
		sent = sent + (NEW.status = 'sent') - (OLD.status = 'sent'),
		delivered = delivered + (NEW.status = 'delivered') - (OLD.status = 'delivered'),
		deferred = deferred + (NEW.status = 'deferred') - (OLD.status = 'deferred'),
		unknown = unknown + (NEW.status = 'unknown') - (OLD.status = 'unknown'),
		problem = problem + (NEW.status IN ('soft_bounced', 'dropped', 'failed', 'bounced', 'complained'))
			- (OLD.status IN ('soft_bounced', 'dropped', 'failed', 'bounced', 'complained')),
		cancelled = cancelled + (NEW.status = 'cancelled') - (OLD.status = 'cancelled')
	WHERE account_id = NEW.account_id AND id = NEW.bulk_id;
END;
