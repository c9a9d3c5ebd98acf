-- A list filter names one of these states: SQLite uses the index only where its condition is a choice of such terms.
DROP INDEX `documents_mail_attention`;
--> statement-breakpoint
CREATE INDEX `documents_mail_attention` ON `documents` (`account_id`,`mail_state`,`id`) WHERE mail_state = 'problem' OR mail_state = 'unknown' OR mail_state = 'deferred';
