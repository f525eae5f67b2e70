# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# bash completion for qproxysql-run: its options, the pools of the pool file, then the program's own.

_qproxysql_run()
{
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local file='' i program=0
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD && program == 0; ++i)); do
        case ${COMP_WORDS[i]} in
        --pool-file) file=${COMP_WORDS[++i]} ;;
        --pool | --options) ((++i)) ;;
        --) program=$((i + 1)) ;;
        -*) ;;
        *) program=$i ;;
        esac
    done
    if ((program > 0 && program < COMP_CWORD)); then
        declare -F _command_offset >/dev/null && _command_offset "$program"
        return
    fi
    if ((program == 0)); then
        case $previous in
        --pool-file)
            compopt -o filenames 2>/dev/null
            COMPREPLY=($(compgen -f -- "$word"))
            return ;;
        --pool)
            for i in "$file" "$QPROXYSQL_CONFIG" "${XDG_CONFIG_HOME:-$HOME/.config}/qproxysql.ini" \
                /etc/xdg/qproxysql.ini; do
                [ -f "$i" ] || continue
                COMPREPLY=($(compgen -W "$(sed -n 's/^[[:space:]]*\[\([^]]*\)\].*/\1/p' "$i")" -- "$word"))
                break
            done
            return ;;
        --options) return ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--pool --pool-file --options --help --version' -- "$word"))
            return
        fi
    fi
    COMPREPLY=($(compgen -c -- "$word"))
}
complete -F _qproxysql_run qproxysql-run
# Help knows the short -h and -v, too.
