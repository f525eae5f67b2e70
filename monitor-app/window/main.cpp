// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/poolfilestore.h"
#include "drain/directorylocation.h"
#include "window/mainwindow.h"
#include "window/monitorcommandline.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/openpools.h"
#include "window/translations.h"

#include <QtCore/QFileInfo>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace qproxysql;

namespace {

void print(std::FILE *stream, const QString &text)
{
    std::fprintf(stream, "%s\n", qPrintable(text));
}

void openPools(MainWindow &window, MonitorSources &sources, const MonitorSettings &settings,
               const MonitorCommandLine &line)
{
    const LoginSource login = line.isLoginGiven ? line.login : settings.login({});
    sources.addMachine(settings.ownPoolFile(), login);
    QStringList files = line.poolFiles;
    const QString ofApplications = PoolFileStore::defaultPath();
    if (files.isEmpty() && QFileInfo::exists(ofApplications))
        files.append(ofApplications);
    for (const QString &file : std::as_const(files)) {
        const QString absolute = QFileInfo(file).absoluteFilePath();
        const LoginSource own = settings.login(absolute);
        sources.addPoolFile(absolute, line.isLoginGiven || own.user.isEmpty() ? login : own);
    }
    for (const QString &file : settings.poolFiles())
        window.openPools().openFile(file);
    if (line.isDemo)
        sources.addDemo();
}

/// For documentation, and for machines without a display.
void takePicture(MainWindow &window, const MonitorCommandLine &line)
{
    QTimer::singleShot(int(line.pictureDelay * 1000), &window, [&window, file = line.picture] {
        const bool isSaved = window.grab().save(file);
        if (!isSaved)
            print(stderr, MainWindow::tr("qproxysql-monitor: the picture cannot be saved in %1; "
                                         "allowed is a file of a kind as .png in a folder that "
                                         "exists")
                                  .arg(file));
        QCoreApplication::exit(isSaved ? 0 : 1);
    });
}

/// Options like --help must work without a display.
bool isAsking(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) {
        const QLatin1StringView word(argument);
        return word == "--help"_L1 || word == "-h"_L1 || word == "--version"_L1 || word == "-v"_L1;
    });
}

} // namespace

int main(int argc, char **argv)
{
    const std::unique_ptr<QCoreApplication> application(
            isAsking(argc, argv) ? new QCoreApplication(argc, argv) : new QApplication(argc, argv));
    QCoreApplication::setApplicationName(u"qproxysql-monitor"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QPROXYSQL_VERSION));
    QGuiApplication::setDesktopFileName(u"qproxysql-monitor"_s);
    QLoggingCategory::setFilterRules(u"qproxysql.*.info=false\nqproxysql.*.debug=false"_s);
    installTranslations(QLocale::system());
    MonitorCommandLine line;
    const MonitorCommandLine::Reading reading = line.read(QCoreApplication::arguments());
    switch (reading.state) {
    case MonitorCommandLine::Reading::HelpWanted:
        print(stdout, reading.text);
        return 0;
    case MonitorCommandLine::Reading::VersionWanted:
        print(stdout, u"qproxysql-monitor "_s + reading.text);
        return 0;
    case MonitorCommandLine::Reading::Wrong:
        print(stderr, u"qproxysql-monitor: "_s + reading.text);
        return 2;
    case MonitorCommandLine::Reading::Good:
        break;
    }
    const auto folder = DirectoryLocation::folder();
    if (!folder) {
        print(stderr, u"qproxysql-monitor: "_s + folder.error());
        return 2;
    }
    MonitorSettings settings(line.settingsFile);
    MonitorSources sources({.folder = *folder,
                            .pool = line.pool,
                            .controlSchema = line.controlSchema,
                            .isReadOnly = line.isReadOnly || settings.isReadOnly(),
                            .trustsReports = line.trustsReports});
    sources.recorder().setFolder(HistoryFolder::defaultPath());
    MainWindow window(sources, settings);
    window.setBanner(line.banner);
    openPools(window, sources, settings, line);
    window.show();
    if (!line.picture.isEmpty())
        takePicture(window, line);
    return QApplication::exec();
}
