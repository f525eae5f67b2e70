// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace qproxysql;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"qproxysql-ctl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QPROXYSQL_VERSION));
    QLoggingCategory::setFilterRules(u"qproxysql.*.info=false\nqproxysql.*.debug=false"_s);
    CommandLine line;
    const CommandLine::Reading reading = line.read(QCoreApplication::arguments());
    switch (reading.state) {
    case CommandLine::Reading::HelpWanted:
        Terminal::print(reading.text);
        return Ok;
    case CommandLine::Reading::VersionWanted:
        Terminal::print(u"qproxysql-ctl "_s + reading.text);
        return Ok;
    case CommandLine::Reading::Wrong:
        Terminal::error(reading.text);
        Terminal::error(CtlTexts::tr("see --help for what is allowed"));
        return Usage;
    case CommandLine::Reading::Good:
        break;
    }
    Terminal::setQuiet(line.has(u"quiet"_s));
    Session session(line);
    return line.run(session);
}
