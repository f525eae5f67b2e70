# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# bash completion for qproxysql-ctl: verbs, the options of the verb, and the peers that are known.

_qproxysql_ctl()
{
    local verbs='list drain wait resume recheck rolling events metrics watch history check init'
    local common='--pool --pool-file --control-schema --trust-reports --user --password-command --defaults-file
                  --ssl-ca --ssl-cert --ssl-key --read-only --quiet --help --version'
    local connect='PEERS= POOL= POOL_FILE= CHECK_INTERVAL= CONNECT_TIMEOUT= OPEN_DEADLINE= BALANCE=
                   RETRY_READS= RETRY_CONFLICTS= RETRY_TRANSACTIONS= REPLAY_LIMIT= EXACTLY_ONCE= INIT_SQL= CHECK_SQL= PEER_DRIVER= CONTROL=
                   CONTROL_SCHEMA= MAX_IDLE= IDLE_TIMEOUT= MAX_LIFETIME= STATEMENT_CACHE=
                   IGNORE_STATE= CAUSAL_READS='
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' peer='' i
    COMPREPLY=()
    # bash takes host:port apart; put together what stands before the cursor.
    if declare -F _get_comp_words_by_ref >/dev/null; then
        local cur prev words cword
        _get_comp_words_by_ref -n : cur prev words cword
        word=$cur previous=$prev
    else
        local words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
    fi
    for ((i = 1; i < cword; ++i)); do
        case ${words[i]} in
        --watch | --reason | --timeout | --options | --host | --database | --pool | --pool-file | \
            --control-schema | --user | --password-command | --defaults-file | --ssl-ca | \
            --ssl-cert | --ssl-key | --run | --span | --drain-timeout | --stop-timeout | --start-timeout | \
            --sync-timeout | --resume-timeout | --forgotten-after | --textfile | --interval | --on-event)
            ((++i)) ;;
        -*) ;;
        *) if [ -z "$verb" ]; then verb=${words[i]}; else peer=${words[i]}; fi ;;
        esac
    done
    case $previous in
    --pool-file | --defaults-file | --ssl-ca | --ssl-cert | --ssl-key | --textfile)
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
        return ;;
    --options)
        word=${word#[\"\']}
        compopt -o nospace 2>/dev/null
        COMPREPLY=($(compgen -P "${word%"${word##*;}"}" -W "$connect" -- "${word##*;}"))
        return ;;
    --watch | --reason | --timeout | --host | --database | --pool | --control-schema | --user | \
        --password-command | --run | --drain-timeout | --stop-timeout | --start-timeout | \
        --sync-timeout | --resume-timeout | --forgotten-after | --interval | --on-event)
        return ;;
    --span)
        COMPREPLY=($(compgen -W '5m 1h 24h' -- "$word"))
        return ;;
    esac
    local options=$common
    case $verb in
    '')
        if [[ $word != -* ]]; then
            COMPREPLY=($(compgen -W "$verbs" -- "$word"))
            return
        fi ;;
    list) options="--json --watch --forgotten-after $common" ;;
    drain) options="--reason --no-wait --timeout --force --accept-silent $common" ;;
    wait) options="--timeout --accept-silent $common" ;;
    resume) options="--reason $common" ;;
    rolling) options="--run --reason --continue --abort --accept-silent --drain-timeout --stop-timeout
                      --start-timeout --sync-timeout --resume-timeout $common" ;;
    events) options="--json --follow --forgotten-after $common" ;;
    watch) options="--on-event --timeout --forgotten-after $common" ;;
    metrics) options="--textfile --interval $common" ;;
    history) options="--json --span $common" ;;
    check) options="--options --host --database $common" ;;
    init) options="--print $common" ;;
    esac
    case $verb in
    drain | wait | resume | recheck | rolling | history)
        if [[ (-z $peer || $verb == rolling) && $word != -* ]]; then
            local known quoted
            # The path of a socket may have blanks: compgen would take it apart.
            while IFS= read -r known; do
                printf -v quoted '%q' "$known"
                [[ $known == "$word"* || $quoted == "$word"* ]] && COMPREPLY+=("$quoted")
            done < <(qproxysql-ctl list --json 2>/dev/null |
                sed -n 's/^ *"peer": "\(.*\)",\{0,1\}$/\1/p')
            declare -F __ltrim_colon_completions >/dev/null && __ltrim_colon_completions "$word"
            return
        fi ;;
    esac
    COMPREPLY=($(compgen -W "$options" -- "$word"))
}
complete -F _qproxysql_ctl qproxysql-ctl
# Help knows the short -h and -v, too.
