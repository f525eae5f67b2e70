// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/monitorcommandline.h"

#include "config/optionvalue.h"
#include "control/commonoptions.h"

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
         QT_TRANSLATE_NOOP("QProxySqlMonitor", "Show a pool that is made up, to look around.")},
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

void addOption(QCommandLineParser *parser, const CommandOption &option, const QString &text)
{
    QCommandLineOption added(QString::fromLatin1(option.name), text);
    if (option.valueName)
        added.setValueName(QLatin1StringView(option.valueName));
    parser->addOption(added);
}

void addMonitorOptions(QCommandLineParser *parser)
{
    parser->setApplicationDescription(MonitorLineTexts::tr(
            "Shows which database servers the QPROXYSQL applications of this machine use, who is "
            "on them, and steers it: drain a server, know when it is safe to stop, bring it "
            "back."));
    for (const CommandOption &option : commonOptions())
        addOption(parser, option, MonitorLineTexts::common(option.text));
    for (const CommandOption &option : MonitorOptions)
        addOption(parser, option, MonitorLineTexts::tr(option.text));
    parser->addOption({{u"h"_s, u"help"_s}, MonitorLineTexts::tr("Show this.")});
    parser->addOption({{u"v"_s, u"version"_s}, MonitorLineTexts::tr("Show the version.")});
    parser->addPositionalArgument(u"FILE"_s, MonitorLineTexts::tr("Pool files to open."),
                                  u"[FILE...]"_s);
}

QString emptyValue(const QCommandLineParser &parser)
{
    const auto isEmpty = [&parser](const CommandOption &option) {
        const QString name = QString::fromLatin1(option.name);
        return option.valueName && parser.isSet(name) && parser.value(name).isEmpty();
    };
    const auto wrong = [](const CommandOption &option) {
        return MonitorLineTexts::tr("--%1 needs a value: %2")
                .arg(QLatin1StringView(option.name), QLatin1StringView(option.valueName));
    };
    for (const CommandOption &option : commonOptions()) {
        if (isEmpty(option))
            return wrong(option);
    }
    for (const CommandOption &option : MonitorOptions) {
        if (isEmpty(option))
            return wrong(option);
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
    if (const QString wrong = emptyValue(parser); !wrong.isEmpty())
        return {Reading::Wrong, wrong};
    m_pool = parser.value(u"pool"_s);
    m_poolFiles = parser.values(u"pool-file"_s) + parser.positionalArguments();
    m_login = {parser.value(u"user"_s), parser.value(u"password-command"_s),
               parser.value(u"defaults-file"_s)};
    m_isLoginGiven = parser.isSet(u"user"_s) || parser.isSet(u"password-command"_s)
                     || parser.isSet(u"defaults-file"_s);
    m_isReadOnly = parser.isSet(u"read-only"_s);
    m_trustsReports = parser.isSet(u"trust-reports"_s);
    m_controlSchema = parser.value(u"control-schema"_s);
    if (!m_controlSchema.isEmpty() && !isSchemaName(m_controlSchema))
        return {Reading::Wrong,
                MonitorLineTexts::tr("--control-schema %1 is not allowed; allowed are "
                                     "1 to 64 letters, digits and '_'")
                        .arg(m_controlSchema)};
    m_isDemo = parser.isSet(u"demo"_s);
    m_banner = parser.value(u"banner"_s);
    m_settingsFile = parser.value(u"settings"_s);
    m_picture = parser.value(u"picture"_s);
    if (parser.isSet(u"picture-after"_s)) {
        bool isNumber = false;
        m_pictureDelay = parser.value(u"picture-after"_s).toDouble(&isNumber);
        if (!isNumber || !(m_pictureDelay > 0) || m_pictureDelay > 86'400)
            return {Reading::Wrong,
                    MonitorLineTexts::tr("--picture-after %1 is not allowed; allowed is a number "
                                         "of seconds above 0, as in 5 or 0.5")
                            .arg(parser.value(u"picture-after"_s))};
    }
    return {};
}

} // namespace qproxysql
