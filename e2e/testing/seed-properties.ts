import fc from 'fast-check';

// A file for vitest's `setupFiles`: a change is judged by the same values on every run; `npm run test:long` draws new ones
// (docs/decisions.md, "What a property is tried with").
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_121) });
