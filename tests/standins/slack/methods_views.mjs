// methods_views.mjs - views.*.
import { SlackError } from './errors.mjs';
import { required } from './arguments.mjs';

const answer = (s, view) => ({ view: s.views.shown(view) });

const trigger = (args) => {
    const id = args.trigger_id ?? args.interactivity_pointer;
    if (!id) required(args, 'trigger_id');
    return id;
};

function publish(args, s) {
    required(args, 'user_id');
    if (!s.homeEnabled) throw new SlackError('not_enabled');
    if (!s.workspace.users.has(args.user_id)) throw new SlackError('user_not_found');
    return answer(s, s.views.publish(args.user_id, args.view, args.hash));
}

export default {
    'views.open': { run: (args, s) => answer(s, s.views.open(trigger(args), args.view)) },
    'views.push': { run: (args, s) => answer(s, s.views.push(trigger(args), args.view)) },
    'views.update': { run: (args, s) => answer(s, s.views.update(s.views.find(args), args.view, args.hash)) },
    'views.publish': { run: publish },
};
