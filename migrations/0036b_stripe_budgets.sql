-- What an account's Stripe may still put into storage this hour.
CREATE TABLE `stripe_budgets` (
	`account_id` text PRIMARY KEY NOT NULL,
	`hour` integer NOT NULL,
	`bytes` integer NOT NULL
) WITHOUT ROWID;
