// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/monitorcommandline.h"

#include "cluster/commonoptions.h"
#include "config/optiontable.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

struct MonitorLineTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlMonitor)

public:
    static QString common(const char *text)
    {
        return QCoreApplication::translate("QProxySqlCtl", text);
    }
};

constexpr CommandOption MonitorOptions[] = {
        {"demo", nullptr, nullptr,
         QT_TRANSLATE_NOOP("QProxySqlMonitor", "Show a simulated pool, to try the window.")},
        {"banner", "TEXT", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlMonitor",
                           "Show TEXT in a coloured strip above the pools, as in PRODUCTION.")},
        {"settings", "FILE", nullptr,
         QT_TRANSLATE_NOOP(
                 "QProxySqlMonitor",
                 "Keep columns, sizes and pools in FILE instead of the user's settings.")},
        {"picture", "FILE", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlMonitor",
                           "Save a picture of the window to FILE (.png), then end.")},
        {"picture-after", "SECONDS", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlMonitor", "When the picture is made. Default: 5.")},
};

void addMonitorOptions(QCommandLineParser *parser)
{
    parser->setApplicationDescription(MonitorLineTexts::tr(
            "Shows which database servers the QPROXYSQL applications of this machine use, who is "
            "on them, and steers it: drain a server, know when it is safe to stop, bring it "
            "back."));
    const auto add = [parser](const CommandOption &option, const QString &text) {
        parser->addOption(
                {QString::fromLatin1(option.name), text, QLatin1StringView(option.valueName)});
    };
    for (const CommandOption &option : commonOptions())
        add(option, MonitorLineTexts::common(option.text));
    for (const CommandOption &option : MonitorOptions)
        add(option, MonitorLineTexts::tr(option.text));
    parser->addOption({{u"h"_s, u"help"_s}, MonitorLineTexts::tr("Show this.")});
    parser->addOption({{u"v"_s, u"version"_s}, MonitorLineTexts::tr("Show the version.")});
    parser->addPositionalArgument(u"FILE"_s, MonitorLineTexts::tr("Pool files to open."),
                                  u"[FILE...]"_s);
}

/// All options of the program.
QList<CommandOption> allOptions()
{
    QList<CommandOption> all(std::begin(MonitorOptions), std::end(MonitorOptions));
    for (const CommandOption &option : commonOptions())
        all.append(option);
    return all;
}

QString emptyValue(const QHash<QString, QString> &given)
{
    for (const CommandOption &option : allOptions()) {
        const auto value = given.constFind(QString::fromLatin1(option.name));
        if (option.valueName && value != given.cend() && value->isEmpty())
            return MonitorLineTexts::tr("--%1 needs a value: %2")
                    .arg(QLatin1StringView(option.name), QLatin1StringView(option.valueName));
    }
    return {};
}

} // namespace

MonitorCommandLine::Reading MonitorCommandLine::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    addMonitorOptions(&parser);
    const bool isGood = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return {Reading::HelpWanted, parser.helpText()};
    if (parser.isSet(u"version"_s))
        return {Reading::VersionWanted, QCoreApplication::applicationVersion()};
    if (!isGood)
        return {Reading::Wrong, parser.errorText()};
    const QHash<QString, QString> given = givenOptions(parser, allOptions());
    if (const QString wrong = emptyValue(given); !wrong.isEmpty())
        return {Reading::Wrong, wrong};
    pool = given.value(u"pool"_s);
    poolFiles = parser.values(u"pool-file"_s) + parser.positionalArguments();
    login = {given.value(u"user"_s), given.value(u"password-command"_s),
             given.value(u"defaults-file"_s),
             TlsFiles{given.value(u"ssl-ca"_s), given.value(u"ssl-cert"_s),
                      given.value(u"ssl-key"_s)}
                     .absolute()};
    isLoginGiven = given.contains(u"user"_s) || given.contains(u"password-command"_s)
                   || given.contains(u"defaults-file"_s) || !login.tls.isEmpty();
    isReadOnly = given.contains(u"read-only"_s);
    trustsReports = given.contains(u"trust-reports"_s);
    controlSchema = given.value(u"control-schema"_s);
    if (!controlSchema.isEmpty() && !optionInfo(Option::ControlSchema).isAllowed(controlSchema))
        return {Reading::Wrong,
                MonitorLineTexts::tr("--control-schema %1 is not allowed; allowed are "
                                     "1 to 64 letters, digits and '_'")
                        .arg(controlSchema)};
    isDemo = given.contains(u"demo"_s);
    banner = given.value(u"banner"_s);
    settingsFile = given.value(u"settings"_s);
    picture = given.value(u"picture"_s);
    if (given.contains(u"picture-after"_s)) {
        bool isNumber = false;
        pictureDelay = given.value(u"picture-after"_s).toDouble(&isNumber);
        if (!isNumber || !(pictureDelay > 0) || pictureDelay > 86'400)
            return {Reading::Wrong,
                    MonitorLineTexts::tr("--picture-after %1 is not allowed; allowed is a number "
                                         "of seconds above 0, as in 5 or 0.5")
                            .arg(given.value(u"picture-after"_s))};
    }
    return {};
}

} // namespace qproxysql
