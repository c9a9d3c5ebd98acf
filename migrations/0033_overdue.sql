-- Mails that should have left, and what becomes of queue messages that nobody could process. Nothing here is written while all goes well.
-- When the attempt that is under way was due; overwritten with each dispatch from 'queued', in the same row.
ALTER TABLE `deliveries` ADD COLUMN `attempt_due_at` integer;
--> statement-breakpoint
-- Since when it should have left, where something of ours keeps it: a provider that rests, a message that was lost. Null while only its recipient's server keeps it.
ALTER TABLE `deliveries` ADD COLUMN `overdue_since` integer;
--> statement-breakpoint
CREATE INDEX `deliveries_overdue` ON `deliveries` (`account_id`,`connection`,`priority`,`overdue_since`) WHERE overdue_since IS NOT NULL AND due_at IS NOT NULL;
--> statement-breakpoint
-- Those that have left since.
CREATE INDEX `deliveries_left_late` ON `deliveries` (`account_id`,`connection`,`overdue_since`) WHERE overdue_since IS NOT NULL AND sent_at IS NOT NULL;
--> statement-breakpoint
-- Notes what goes back to wait without an attempt of its own, whichever statement puts it back. A refusal by the recipient's server ends that: our side works. Mails of an account whose sending rests wait for its owner, not for us.
CREATE TRIGGER `deliveries_put_back` AFTER UPDATE OF `status` ON `deliveries`
WHEN NEW.status = 'queued' AND OLD.status IN ('dispatched', 'sending') AND NEW.reason IS NOT 'sending_rests'
	AND (OLD.status = 'sending' AND NEW.attempt = OLD.attempt) = (OLD.overdue_since IS NOT NULL)
BEGIN
	UPDATE deliveries SET overdue_since = CASE WHEN OLD.overdue_since IS NULL THEN coalesce(OLD.attempt_due_at, OLD.due_at) END
	WHERE id = NEW.id;
END;
--> statement-breakpoint
-- What the queues could not hand over: messages that arrived as dead letters, batches that a consumer broke on. Kept for some weeks.
CREATE TABLE `queue_failures` (
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`messages` integer NOT NULL,
	PRIMARY KEY(`at`, `kind`)
) WITHOUT ROWID;
--> statement-breakpoint
-- Accounts whose owner is to know that mails wait: from a quarter of an hour after the first was due until the last has left.
CREATE TABLE `outages` (
	`account_id` text NOT NULL,
	`connection` text NOT NULL,
	`since` integer NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`account_id`, `connection`)
) WITHOUT ROWID;
