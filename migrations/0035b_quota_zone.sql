-- The time zone whose days the quota counts, kept when the account's changes; NULL = the account's own has never been changed.
ALTER TABLE `accounts` ADD COLUMN `quota_zone` text;
