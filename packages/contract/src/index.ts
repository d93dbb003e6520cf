/** What goes over HTTP between the server and the two Vue apps, one file per noun. The apps import the types only. */
export * from './customers.ts';
export * from './doctor.ts';
export * from './errors.ts';
export * from './identity.ts';
export * from './notes.ts';
export * from './panel.ts';
export * from './script-editing.ts';
export * from './script-imports.ts';
export * from './scripts.ts';
export * from './sends.ts';
export * from './stages.ts';
export * from './suggestions.ts';
export * from './tags.ts';
export * from './tasks.ts';
export * from './timeline.ts';
export * from './wire.ts';
