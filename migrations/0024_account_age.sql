-- The search for documents kept long enough goes along the accounts old enough to have any.
CREATE INDEX `accounts_created` ON `accounts` (`created_at`,`id`);
