// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/commandline.h"

#include "cluster/commonoptions.h"
#include "cluster/ctltexts.h"
#include "config/optiontable.h"
#include "ctl/session.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

struct Verb
{
    const char *name;
    int (*run)(Session &);
    enum { NoPeer, OnePeer, SomePeers } takes;
    const char *text;
};

constexpr Verb Verbs[] = {
        {"list", runList, Verb::NoPeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Show pools, peers and applications.")},
        {"drain", runDrain, Verb::OnePeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Have all applications leave a peer; returns when it is safe to stop.")},
        {"wait", runWait, Verb::OnePeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Wait until a draining peer is safe to stop.")},
        {"resume", runResume, Verb::OnePeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Let applications use a peer again.")},
        {"recheck", runRecheck, Verb::OnePeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Try now whether a peer answers.")},
        {"rolling", runRolling, Verb::SomePeers,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Restart servers one after the other: drain, stop, wait, resume.")},
        {"events", runEvents, Verb::NoPeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Show who drained and resumed what, and what happens.")},
        {"metrics", runMetrics, Verb::NoPeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Print what Prometheus collects.")},
        {"watch", runWatch, Verb::NoPeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Run a command for each event that needs an operator.")},
        {"history", runHistory, Verb::OnePeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Show what qproxysql-monitor has recorded of a peer.")},
        {"check", runCheck, Verb::NoPeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Explain what an application's connection would do.")},
        {"init", runInit, Verb::NoPeer,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Make the control schema on the peers.")},
};

constexpr CommandOption OwnOptions[] = {
        {"json", nullptr, "list events history", QT_TRANSLATE_NOOP("QProxySqlCtl", "Print JSON.")},
        {"watch", "SECONDS", "list",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Show it again and again, on a terminal in place.")},
        {"reason", "TEXT", "drain resume rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "The reason, for others to read.")},
        {"no-wait", nullptr, "drain",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Return at once: requested, not yet safe to stop.")},
        {"timeout", "SECONDS", "drain wait watch",
         QT_TRANSLATE_NOOP(
                 "QProxySqlCtl",
                 "Wait no longer; the drain goes on. Default: without limit. Of watch: for "
                 "a command; it is ended then. Default: 30.")},
        {"force", nullptr, "drain",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Even the last healthy peer of a pool.")},
        {"accept-silent", nullptr, "drain wait rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Applications that do not answer do not count as holding sessions.")},
        {"run", "COMMAND", "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Restarts a server that is safe to stop, by sh -c with QPROXYSQL_PEER, "
                           "_HOST, _PORT and _SOCKET. Without it you are told when to do it.")},
        {"continue", nullptr, "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Go on with the one that was interrupted or failed.")},
        {"abort", nullptr, "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "End the one that was interrupted or failed.")},
        {"drain-timeout", "SECONDS", "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Until it is safe to stop. Default: 3600.")},
        {"stop-timeout", "SECONDS", "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Until it has stopped. Default: 600.")},
        {"start-timeout", "SECONDS", "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Until it answers again. Default: 600.")},
        {"sync-timeout", "SECONDS", "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Until it is ready, a node synced. Default: 3600.")},
        {"resume-timeout", "SECONDS", "rolling",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Until applications use it again. Default: 60.")},
        {"forgotten-after", "SECONDS", "list events watch",
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "A drain that is older is marked \"forgotten?\". Default: 14400.")},
        {"follow", nullptr, "events", QT_TRANSLATE_NOOP("QProxySqlCtl", "Go on until interrupted.")},
        {"textfile", "FILE", "metrics",
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Write it again and again, for the textfile collector.")},
        {"interval", "SECONDS", "metrics",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "How often. Default: 15.")},
        {"on-event", "COMMAND", "watch",
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Run by sh -c, with the event as JSON on its standard input.")},
        {"span", "TIME", "history",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "5m, 1h or 24h. Default: 1h.")},
        {"options", "STRING", "check",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "What the application gives to setConnectOptions().")},
        {"host", "HOSTS", "check",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "What it gives to setHostName().")},
        {"database", "NAME", "check",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "What it gives to setDatabaseName().")},
        {"print", nullptr, "init",
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Print the SQL instead of running it.")},
        {"quiet", nullptr, nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "No progress; errors and results only.")},
};

QList<CommandOption> allOptions()
{
    QList<CommandOption> all(std::begin(OwnOptions), std::end(OwnOptions));
    for (const CommandOption &option : commonOptions())
        all.append(option);
    return all;
}

QString listedVerbs()
{
    QStringList names;
    for (const Verb &verb : Verbs)
        names.append(QLatin1StringView(verb.name));
    return names.join(", "_L1);
}

bool isFor(const CommandOption &option, const QString &verb)
{
    return !option.verbs || QString::fromLatin1(option.verbs).split(u' ').contains(verb);
}

QString description()
{
    QString text = CtlTexts::tr(
            "Shows and steers which database servers QPROXYSQL applications use.\n\nVerbs:\n");
    for (const Verb &verb : Verbs) {
        constexpr QLatin1StringView Peers[] = {""_L1, " PEER"_L1, " PEER..."_L1};
        const QString usage = QLatin1StringView(verb.name) + Peers[verb.takes];
        text += u"  %1 %2\n"_s.arg(usage, -15).arg(CtlTexts::tr(verb.text));
    }
    text += CtlTexts::tr(
            "\nPEER is host:port or localhost:/path/of/socket as configured, or what its "
            "server\ncalls itself.\nEnds with 0 ok, 1 unexpected, 2 usage, 3 unreachable or login "
            "refused, 4 refused, 5 time-out: still draining, 6 unknown pool or peer, 7 changed by "
            "somebody else meanwhile, 8 rolling: the command failed, 10 list: some peer is down.");
    return text;
}

void addOptions(QCommandLineParser *parser)
{
    for (const CommandOption &option : allOptions()) {
        QString text = CtlTexts::tr(option.text);
        if (option.verbs)
            text = QString::fromLatin1(option.verbs).replace(u' ', ", "_L1) + ": "_L1 + text;
        parser->addOption(
                {QString::fromLatin1(option.name), text, QLatin1StringView(option.valueName)});
    }
}

} // namespace

CommandLine::Reading CommandLine::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description());
    addOptions(&parser);
    parser.addOption({{u"h"_s, u"help"_s}, CtlTexts::tr("Show this.")});
    parser.addOption({{u"v"_s, u"version"_s}, CtlTexts::tr("Show the version.")});
    parser.addPositionalArgument(u"VERB"_s, CtlTexts::tr("What to do."));
    parser.addPositionalArgument(u"PEER"_s, CtlTexts::tr("With whom."), u"[PEER...]"_s);
    const bool isGood = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return {Reading::HelpWanted, parser.helpText()};
    if (parser.isSet(u"version"_s))
        return {Reading::VersionWanted, QCoreApplication::applicationVersion()};
    if (!isGood)
        return {Reading::Wrong, parser.errorText()};
    m_values = givenOptions(parser, allOptions());
    QString wrong = checkArguments(parser.positionalArguments());
    if (wrong.isEmpty())
        wrong = checkOptions();
    return {wrong.isEmpty() ? Reading::Good : Reading::Wrong, wrong};
}

QString CommandLine::checkArguments(const QStringList &arguments)
{
    m_verb = arguments.value(0);
    m_peers = arguments.mid(1);
    const auto verb = std::ranges::find(Verbs, m_verb, [](const Verb &one) {
        return QString::fromLatin1(one.name);
    });
    if (verb == std::end(Verbs)) {
        return m_verb.isEmpty()
                       ? CtlTexts::tr("no verb was given; allowed are %1").arg(listedVerbs())
                       : CtlTexts::tr("\"%1\" is no verb; allowed are %2").arg(m_verb, listedVerbs());
    }
    m_run = verb->run;
    if (m_verb == "watch"_L1 && !has(u"on-event"_s))
        return CtlTexts::tr("watch needs --on-event COMMAND; \"events --follow\" prints events");
    if (verb->takes == Verb::OnePeer && m_peers.isEmpty())
        return CtlTexts::tr("%1 needs a peer: host:port, localhost:/path/of/socket, or what its "
                            "server calls itself")
                .arg(m_verb);
    if (verb->takes == Verb::SomePeers)
        return checkRolling();
    if (m_peers.size() > int(verb->takes))
        return CtlTexts::tr("\"%1\" is one argument too many for %2")
                .arg(m_peers.at(int(verb->takes)), m_verb);
    return {};
}

QString CommandLine::checkRolling() const
{
    const bool isNew = !has(u"continue"_s) && !has(u"abort"_s);
    if (has(u"continue"_s) && has(u"abort"_s))
        return CtlTexts::tr("--continue and --abort exclude each other");
    if (!isNew && (!m_peers.isEmpty() || has(u"pool"_s)))
        return CtlTexts::tr("--continue and --abort know the peers: give none and no --pool");
    if (isNew && m_peers.isEmpty() == !has(u"pool"_s))
        return CtlTexts::tr(
                "rolling needs either peers or --pool NAME, for all peers of that pool");
    return {};
}

QString CommandLine::checkOptions() const
{
    for (const CommandOption &option : allOptions()) {
        const QString name = QString::fromLatin1(option.name);
        if (!has(name))
            continue;
        if (!isFor(option, m_verb))
            return CtlTexts::tr("--%1 is not for %2; allowed is it for %3")
                    .arg(name, m_verb, QString::fromLatin1(option.verbs).replace(u' ', ", "_L1));
        if (option.valueName && value(name).isEmpty() && name != "options"_L1 && name != "reason"_L1)
            return CtlTexts::tr("--%1 needs a value: %2")
                    .arg(name, QLatin1StringView(option.valueName));
        if (name == "span"_L1 && !QStringList{u"5m"_s, u"1h"_s, u"24h"_s}.contains(value(name)))
            return CtlTexts::tr("--%1 %2 is not allowed; allowed are 5m, 1h and 24h")
                    .arg(name, value(name));
        if (name == "control-schema"_L1 && !optionInfo(Option::ControlSchema).isAllowed(value(name)))
            return CtlTexts::tr("--%1 %2 is not allowed; allowed are 1 to 64 letters, digits and "
                                "'_'")
                    .arg(name, value(name));
        if (QLatin1StringView(option.valueName) == "SECONDS"_L1) {
            const std::optional<double> number = seconds(name);
            if (!number || !(*number > 0) || *number > 1e7)
                return CtlTexts::tr("--%1 %2 is not allowed; allowed is a number of seconds above "
                                    "0, as in 30 or 0.5")
                        .arg(name, value(name));
        }
    }
    return {};
}

std::optional<double> CommandLine::seconds(const QString &option) const
{
    bool isNumber = false;
    const double number = value(option).toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace qproxysql
