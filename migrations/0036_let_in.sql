-- When the deployment's owner let a person in to open their first account; empty once they have opened it.
ALTER TABLE `users` ADD COLUMN `let_in_at` integer;
