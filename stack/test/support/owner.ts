import { startStack } from '@jangbu/stack';

// Owns MySQL until it ends: a program that a test may kill.
const stack = await startStack({ instance: process.argv[2] ?? '', parts: ['mysql'] });
console.log(JSON.stringify({ started: stack.started, ...stack.addresses }));
setInterval(() => {}, 60_000);
