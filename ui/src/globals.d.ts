/// <reference types="vite/client" />

/** True where the bundle was made for tests or for development in a plain browser. */
declare const __FAKE_BACKEND__: boolean;
