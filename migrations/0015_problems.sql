-- Deliveries that could not be made, and those of which nobody knows: what the bell counts and the notices tell. Rows only where something failed.
CREATE TABLE `problems` (
	`account_id` text NOT NULL,
	`document_id` text NOT NULL,
	`delivery_id` text NOT NULL,
	`seq` integer NOT NULL,
	`address_key` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	`repeated` integer DEFAULT 0 NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	`settled_send_id` text,
	PRIMARY KEY(`account_id`, `document_id`, `delivery_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `problems_seq` ON `problems` (`account_id`,`seq`);
--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`account_id`,`seq`) WHERE settled_at IS NULL;
--> statement-breakpoint
CREATE INDEX `problems_delivery` ON `problems` (`account_id`,`delivery_id`);
--> statement-breakpoint
CREATE INDEX `problems_address` ON `problems` (`account_id`,`address_key`,`seq`);
--> statement-breakpoint
-- What counts towards suppressing an address after several given-up deliveries in a row.
CREATE INDEX `problems_repeated` ON `problems` (`account_id`,`address_key`,`at`) WHERE repeated = 1;
--> statement-breakpoint
INSERT INTO `problems` (`account_id`, `document_id`, `delivery_id`, `seq`, `address_key`, `status`, `at`, `settled_at`, `settled_send_id`)
SELECT d.account_id, d.document_id, d.id, row_number() OVER (PARTITION BY d.account_id ORDER BY coalesce(d.ended_at, d.created_at), d.id),
	lower(d.address), d.status, coalesce(d.ended_at, d.created_at),
	CASE WHEN c.latest_send_id <> d.send_id THEN coalesce(d.ended_at, d.created_at) END,
	CASE WHEN c.latest_send_id <> d.send_id THEN c.latest_send_id END
FROM `deliveries` d JOIN `documents` c ON c.account_id = d.account_id AND c.id = d.document_id
WHERE d.purpose = 'customer' AND d.status IN ('bounced', 'soft_bounced', 'dropped', 'failed', 'complained', 'unknown');
--> statement-breakpoint
CREATE INDEX `suppressions_created` ON `suppressions` (`account_id`,`created_at`,`address_key`);
--> statement-breakpoint
-- A suppression's reason that an admin has set aside for this one delivery.
ALTER TABLE `deliveries` ADD COLUMN `despite` text;
--> statement-breakpoint
-- The mail to a member about problems: when the next may go, up to which problem they have been told, and until when the mails rest.
ALTER TABLE `members` ADD COLUMN `problems_due_at` integer;
--> statement-breakpoint
ALTER TABLE `members` ADD COLUMN `problems_told` integer;
--> statement-breakpoint
ALTER TABLE `members` ADD COLUMN `problems_rest_until` integer;
--> statement-breakpoint
CREATE INDEX `members_problems_due` ON `members` (`problems_due_at`) WHERE problems_due_at IS NOT NULL;
