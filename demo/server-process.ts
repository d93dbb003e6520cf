/** The product's own main, in a process that ends with the demo, however the demo ends: a killed parent closes the channel. */
process.once('disconnect', () => process.exit(0));
await import('../apps/server/src/main.js');
