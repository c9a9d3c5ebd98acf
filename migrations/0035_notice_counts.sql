-- How many of Facteur's own mails (invitations, confirmations, fresh links …) an account has sent on its latest day of each kind.
CREATE TABLE `notice_counts` (
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`day` text NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`account_id`, `kind`)
) WITHOUT ROWID;
