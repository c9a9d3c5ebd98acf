-- What keeps the document of an event back, field by field, and the way from the document to the event.
ALTER TABLE `stripe_events` ADD `problems` text;
--> statement-breakpoint
CREATE INDEX `stripe_events_of_target` ON `stripe_events` (`account_id`,`target_id`) WHERE state = 'unmapped';
