import { host } from './lib/backend/host'; // First: it asks for what the first screen shows.
import { mount } from 'svelte';
import App from './app/App.svelte';
import { followSystem } from './app/appearance';
import './styles/index.css';

followSystem();
const target = document.getElementById('app');
// Not awaited: a file that is read later may need this one, and would wait for it while this one waits for the file.
if (target) void host.then((backend) => mount(App, { target, props: { backend } }));
