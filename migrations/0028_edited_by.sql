-- Who last changed a draft; nobody, while it is as Stripe's events left it.
ALTER TABLE `documents` ADD `edited_by` text;
--> statement-breakpoint
UPDATE documents SET edited_by = 'unknown' WHERE status = 'draft' AND version > 1;
