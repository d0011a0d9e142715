// Whether the service would take a call: asked for its models, which costs nothing and calls nobody.

import type { Backend, Refusal } from '../../lib/backend';
import { Refusal as Refused } from '../../lib/backend/backend';
import type { ProviderKind } from '../../lib/bindings';
import { asRefusal } from '../../lib/loaded.svelte';

export class ServiceCheck {
  /** `silent`: a server of somebody else's that answers and lists no models; whether it takes calls is known with the first one. */
  state = $state<'idle' | 'asking' | 'ready' | 'no-model' | 'silent' | 'refused'>('idle');
  refusal = $state.raw<Refusal | null>(null);
  #run = 0;

  constructor(readonly backend: Backend) {}

  /** True once it has answered, where the answer is still asked for. */
  async ask(provider: ProviderKind): Promise<boolean> {
    this.forget();
    const mine = this.#run;
    this.state = 'asking';
    let refusal: Refusal | null = null;
    let lacks = false;
    try {
      const told = await this.backend.testKey();
      if (!told.accepted) refusal = new Refused(told.refusal ?? { code: 'key_refused', message: '' });
      lacks = told.hasModel === false;
    } catch (error) {
      refusal = asRefusal(error);
    }
    if (mine !== this.#run) return false;
    const silent = provider === 'compatible' && refusal?.code === 'invalid_input';
    this.refusal = silent ? null : refusal;
    this.state = silent ? 'silent' : refusal ? 'refused' : lacks ? 'no-model' : 'ready';
    return true;
  }

  /** What is still answered is nobody's any more. */
  forget(): void {
    this.#run += 1;
    this.state = 'idle';
    this.refusal = null;
  }
}
