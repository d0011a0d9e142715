import type { Progress } from '../../lib/bindings';
import { t } from '../../lib/messages';

/** What the progress means, in a sentence or two: where it goes, and the skill that holds it back. */
export function headline({ trend, skills }: Pick<Progress, 'trend' | 'skills'>): string {
  const observed = skills.flatMap(({ skill, average }) => (average === null ? [] : [{ skill, average }]));
  const weakest = observed.sort((a, b) => a.average - b.average)[0];
  const clear = weakest !== undefined && observed.some(({ average }) => average - weakest.average >= 5);
  const direction = t(`progress-headline-${trend.direction}`);
  return clear && trend.direction !== 'too_early' ? `${direction} ${t(`progress-weak-${weakest.skill}`)}` : direction;
}
