-- A contact's documents, newest first, whatever name they were issued under. Sends never touch its columns.
CREATE INDEX `documents_of_contact` ON `documents` (`account_id`,`contact_id`,`id`) WHERE contact_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `contacts_external` ON `contacts` (`account_id`,`external_id`) WHERE external_id <> '';
--> statement-breakpoint
-- An uploaded file of contacts, what was chosen for it, and how far it has come. The file itself is in R2.
CREATE TABLE `contact_imports` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`status` text NOT NULL,
	`file_name` text NOT NULL,
	`encoding` text NOT NULL,
	`delimiter` text NOT NULL,
	`header` text NOT NULL,
	`line_count` integer NOT NULL,
	`choices` text NOT NULL,
	`plan` text,
	`pieces` integer DEFAULT 0 NOT NULL,
	`next_piece` integer DEFAULT 0 NOT NULL,
	`created` integer DEFAULT 0 NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contact_imports_status` ON `contact_imports` (`status`,`updated_at`);
