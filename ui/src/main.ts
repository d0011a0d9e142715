import { mount } from 'svelte';
import App from './app/App.svelte';
import { followSystem } from './app/appearance';
import { openBackend } from './lib/backend';
import './styles/index.css';

followSystem();
const target = document.getElementById('app');
if (target) mount(App, { target, props: { backend: await openBackend() } });
