// The lesson to continue with, beside the entry of the lessons.

import { useApp, useSlice } from '../../store/appContext.ts';
import { addCommands } from '../../store/commands.ts';
import { continueText, learnerSlice, lessonToContinue } from '../../store/learner.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { viewSlice } from '../../store/view.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { CONTINUE } from '../commands/continueLesson.ts';

/** The button, while a lesson is begun and the lab does not show it. */
export function ContinueButton() {
  const app = useApp();
  addCommands(app, [CONTINUE]);
  // the lesson to continue with follows from these stores
  const read = () => lessonToContinue(app);
  useSlice(learnerSlice, read);
  useSlice(lessonSlice, read);
  const begun = useSlice(viewSlice, read);
  if (begun === null) return null;
  const text = continueText(begun);
  return (
    <CommandButton id={CONTINUE.id} label={text} tip={text} className="continue">
      ▸ {begun.step}
    </CommandButton>
  );
}
