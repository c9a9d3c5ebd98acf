-- Texts of mails that a merchant has written. No row: ours holds or, in a language of his own, that of the next language.
CREATE TABLE `translations` (
	`account_id` text NOT NULL,
	`language` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `language`, `kind`)
) WITHOUT ROWID;
