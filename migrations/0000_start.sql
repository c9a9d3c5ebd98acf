CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`company` text NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`confirmed_reply_email` text DEFAULT '' NOT NULL,
	`reply_token_hash` text,
	`reply_token_expires_at` integer,
	`created_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `series` (
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`period` text NOT NULL,
	`next` integer NOT NULL,
	`last_issue_date` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`account_id`, `name`, `period`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `logins` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL,
	`updated_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `logins_user` ON `logins` (`user_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text,
	`status` text DEFAULT 'pending' NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL,
	`inviter_id` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `invitations_organization` ON `invitations` (`organization_id`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text DEFAULT 'member' NOT NULL,
	`created_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `members_user_organization` ON `members` (`user_id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `members_organization` ON `members` (`organization_id`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`logo` text,
	`created_at` integer NOT NULL,
	`metadata` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_slug_unique` ON `organizations` (`slug`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL,
	`updated_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL,
	`active_organization_id` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`language` text DEFAULT '' NOT NULL,
	`time_zone` text DEFAULT '' NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL,
	`updated_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL,
	`updated_at` integer DEFAULT (cast(unixepoch('subsecond') * 1000 as integer)) NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`address` text NOT NULL,
	`vat_id` text NOT NULL,
	`language` text NOT NULL,
	`currency` text NOT NULL,
	`emails` text NOT NULL,
	`notes` text NOT NULL,
	`external_id` text NOT NULL,
	`source` text NOT NULL,
	`version` integer NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contacts_name` ON `contacts` (`account_id`,`name_key`,`id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`document_id` text NOT NULL,
	`send_id` text NOT NULL,
	`address` text NOT NULL,
	`purpose` text NOT NULL,
	`connection` text NOT NULL,
	`status` text NOT NULL,
	`rank` integer NOT NULL,
	`priority` integer NOT NULL,
	`due_at` integer,
	`attempt` integer DEFAULT 0 NOT NULL,
	`link_hash` text,
	`link_created_at` integer,
	`provider_message_id` text,
	`reason` text,
	`server_text` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`delivered_at` integer,
	`ended_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`connection`,`priority`,`account_id`,`due_at`) WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_document` ON `deliveries` (`account_id`,`document_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_link` ON `deliveries` (`link_hash`) WHERE link_hash IS NOT NULL;--> statement-breakpoint
CREATE TABLE `provider_events` (
	`connection` text NOT NULL,
	`key` text NOT NULL,
	`delivery_id` text NOT NULL,
	`received_at` integer NOT NULL,
	`event` text NOT NULL,
	PRIMARY KEY(`connection`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `provider_events_received` ON `provider_events` (`received_at`);--> statement-breakpoint
CREATE TABLE `provider_states` (
	`connection` text PRIMARY KEY NOT NULL,
	`paused_until` integer NOT NULL,
	`reason` text NOT NULL,
	`server_text` text NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sends` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`document_id` text NOT NULL,
	`origin` text NOT NULL,
	`language` text NOT NULL,
	`subject` text,
	`body` text,
	`attach_pdf` integer NOT NULL,
	`scheduled_for` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `suppressions` (
	`account_id` text NOT NULL,
	`address_key` text NOT NULL,
	`reason` text NOT NULL,
	`server_text` text NOT NULL,
	`delivery_id` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	PRIMARY KEY(`account_id`, `address_key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `documents` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`test` integer DEFAULT false NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`contact_id` text,
	`contact_name` text NOT NULL,
	`contact_key` text NOT NULL,
	`number` text,
	`issue_date` text NOT NULL,
	`due_date` text NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`paid_at` integer,
	`credited` integer DEFAULT 0 NOT NULL,
	`refers_to` text,
	`latest_send_id` text,
	`mail_state` text,
	`pdf_sha256` text,
	`links_revoked_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`finalised_at` integer,
	`finalised_by` text,
	`updated_at` integer NOT NULL,
	`content` text NOT NULL,
	`paper` text,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_number` ON `documents` (`account_id`,`number`,`kind`,`test`) WHERE number IS NOT NULL;--> statement-breakpoint
CREATE INDEX `documents_contact` ON `documents` (`account_id`,`contact_key`,`id`);--> statement-breakpoint
CREATE INDEX `documents_draft` ON `documents` (`account_id`,`id`) WHERE status = 'draft';--> statement-breakpoint
CREATE INDEX `documents_unpaid` ON `documents` (`account_id`,`id`) WHERE paid_at IS NULL;--> statement-breakpoint
CREATE INDEX `documents_mail_attention` ON `documents` (`account_id`,`mail_state`,`id`) WHERE mail_state IN ('problem', 'unknown', 'deferred');--> statement-breakpoint
CREATE TABLE `history` (
	`account_id` text NOT NULL,
	`document_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`delivery_id` text,
	`data` text NOT NULL,
	PRIMARY KEY(`account_id`, `document_id`, `id`)
) WITHOUT ROWID;
