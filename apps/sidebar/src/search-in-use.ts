import { ref } from 'vue';

/** While the guide searches the library, the strip above folds to one line. Written by the library, read by the shell. */
export const searchInUse = ref(false);
