-- Since when an account is told of Checkout Sessions: from then on a payment waits for the session that says more.
ALTER TABLE `stripe_connections` ADD `checkout_at` integer;
