import type { Debrief } from '../../lib/bindings';
import { t } from '../../lib/messages';

/** What the customer decided and why, in a sentence; `null` where it decided nothing. */
export function decisionLine({ signals }: Pick<Debrief, 'signals'>): string | null {
  for (const [, signal] of [...signals].reverse()) {
    if (signal.kind === 'decide') return t('debrief-they', { decision: signal.decision, reason: t(`reason-${signal.reason}`) });
  }
  return null;
}
