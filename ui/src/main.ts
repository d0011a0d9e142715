import { mount } from 'svelte';
import App from './app/App.svelte';
import { followSystem } from './app/appearance';
import { openBackend } from './lib/backend';
import './styles/index.css';

followSystem();
const target = document.getElementById('app');
// Not awaited: a file that is read later may need this one, and would wait for it while this one waits for the file.
if (target) void openBackend().then((backend) => mount(App, { target, props: { backend } }));
