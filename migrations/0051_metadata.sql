-- Pairs of texts that a program keeps with a contact, as a JSON object.
ALTER TABLE `contacts` ADD COLUMN `metadata` text NOT NULL DEFAULT '{}';
