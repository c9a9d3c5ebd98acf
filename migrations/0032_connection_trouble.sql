-- When the trouble of a provider connection began, and how often in a row it was paused since. NULL and 0 while it works.
ALTER TABLE `provider_states` ADD COLUMN `since` integer;
--> statement-breakpoint
ALTER TABLE `provider_states` ADD COLUMN `failures` integer DEFAULT 0 NOT NULL;
