-- Labels of documents and mails that a merchant has worded, by key: one row a language. No row, or no key: ours holds.
CREATE TABLE `labels` (
	`account_id` text NOT NULL,
	`language` text NOT NULL,
	`texts` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `language`)
) WITHOUT ROWID;
