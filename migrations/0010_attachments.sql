-- Files that go with a document's mails, as JSON beside the document, so that a send without any reads and writes no row more.
ALTER TABLE `documents` ADD COLUMN `attachments` text;
--> statement-breakpoint
-- The ids of those that a send takes along; null = none.
ALTER TABLE `sends` ADD COLUMN `attachments` text;
