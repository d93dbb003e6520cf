import { createApp } from 'vue';
import App from './App.vue';
import './theme.css';
import './controls.css';

createApp(App).mount('#client');
