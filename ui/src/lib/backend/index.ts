export { type Backend, Refusal } from './backend';
