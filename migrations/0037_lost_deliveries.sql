-- How often the mail was begun without a result since it was first lost on its way: its message, or the isolate that prepared it. Null while nothing was lost.
ALTER TABLE `deliveries` ADD COLUMN `times_begun` integer;
