// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT
//
// For docs/pictures/monitor. Either the operator's window, which does what lines on standard input say:
//   monitorpicture --user NAME     "select PEER", "pane 0..3", "span 0..2" (of graphs), "drain PEER", "rolling", "begin", "dismiss",
//       "trigger ACTION", "size WIDTH HEIGHT", "dark", "light", "save FILE", "quit"
// or an application that has sessions:
//   monitorpicture --application NAME HOSTS COUNT     "begin PEER" (a transaction), "commit", "quit"

#include "drain/directorylocation.h"
#include "window/draindialog.h"
#include "window/mainwindow.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/peerstable.h"
#include "window/poolpage.h"
#include "window/rollingdialog.h"
#include "window/steering.h"
#include "window/translations.h"

#include <QtCore/QSocketNotifier>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

#include <algorithm>
#include <iostream>
#include <string>

#include <unistd.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

/// Calls \a obey for each line, in the event loop.
void obeyLines(QCoreApplication &application, std::function<void(const QStringList &)> obey)
{
    auto *const input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, &application);
    QObject::connect(input, &QSocketNotifier::activated, &application, [input, obey] {
        std::string line;
        if (!std::getline(std::cin, line) || line == "quit") {
            input->setEnabled(false);
            QCoreApplication::exit(); // a window may want to be closed twice
            return;
        }
        obey(QString::fromStdString(line).split(u' '));
        std::cout << "ok" << std::endl;
    });
}

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2d, 0x30));
    palette.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    palette.setColor(QPalette::AlternateBase, QColor(0x25, 0x27, 0x2a));
    palette.setColor(QPalette::Highlight, QColor(0x2e, 0x63, 0x9c));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0x9d, 0xa3));
    palette.setColor(QPalette::ToolTipBase, QColor(0x4a, 0x43, 0x1e));
    palette.setColor(QPalette::ToolTipText, QColor(0xf0, 0xea, 0xd0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x80, 0x83, 0x88));
    return palette;
}

/// With the dialog where a window manager would put it.
QPixmap pictureOf(MainWindow &window)
{
    QPixmap picture = window.grab();
    const QList<QDialog *> dialogs = window.findChildren<QDialog *>();
    const auto it = std::ranges::find_if(dialogs, &QWidget::isVisible);
    if (it == dialogs.cend())
        return picture;
    QDialog *const dialog = *it;
    const QPixmap front = dialog->grab();
    QPainter painter(&picture);
    const QPointF at((window.width() - dialog->width()) / 2.0,
                     (window.height() - dialog->height()) / 3.0);
    const QRectF frame(at, QSizeF(dialog->size()));
    painter.fillRect(frame.adjusted(4, 4, 6, 6), QColor(0, 0, 0, 70));
    painter.drawPixmap(at, front);
    painter.setPen(QColor(0x60, 0x60, 0x60));
    painter.drawRect(frame);
    return picture;
}

int runWindow(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTranslations(QLocale::system());
    const QPalette light = QApplication::palette();
    QTemporaryDir folder;
    MonitorSettings settings(folder.filePath(u"monitor.ini"_s));
    MonitorSources sources({.folder = DirectoryLocation::folder().valueOr({})});
    MainWindow window(sources, settings);
    sources.addMachine(settings.ownPoolFile(), {QString::fromLocal8Bit(argv[2]), {}, {}});
    window.resize(1024, 700);
    window.show();
    obeyLines(application, [&](const QStringList &words) {
        PoolPage *const page = window.page();
        const QString verb = words.value(0);
        const QString object = words.value(1);
        if (verb == "save"_L1)
            pictureOf(window).save(object, "PNG", 0);
        else if (verb == "dark"_L1 || verb == "light"_L1)
            QApplication::setPalette(verb == "dark"_L1 ? darkPalette() : light);
        else if (page && verb == "select"_L1)
            page->table().setCurrentPeer(object);
        else if (page && verb == "pane"_L1)
            page->findChild<QTabWidget *>(u"panes"_s)->setCurrentIndex(object.toInt());
        else if (page && verb == "span"_L1)
            page->findChild<QButtonGroup *>(u"spans"_s)->button(object.toInt())->click();
        else if (page && verb == "drain"_L1) {
            window.steering().drain(*page, {object});
            window.steering()
                    .dialog()
                    ->findChild<QLineEdit *>(u"reason"_s)
                    ->setText(u"kernel update"_s);
        } else if (page && verb == "rolling"_L1)
            window.steering().rolling(*page, {});
        else if (verb == "begin"_L1 && window.steering().rollingDialog())
            window.steering().rollingDialog()->findChild<QPushButton *>(u"begin"_s)->click();
        else if (verb == "trigger"_L1 && window.findChild<QAction *>(object))
            window.findChild<QAction *>(object)->trigger();
        else if (verb == "size"_L1)
            window.resize(object.toInt(), words.value(2).toInt());
        else if (verb == "dismiss"_L1) {
            const QList<QDialog *> dialogs = window.findChildren<QDialog *>();
            for (QDialog *dialog : dialogs)
                dialog->reject();
        }
    });
    return QApplication::exec();
}

int runApplication(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QString::fromLocal8Bit(argv[2]));
    QStringList names;
    for (int i = 0; i < QByteArray(argv[4]).toInt(); ++i) {
        names.append(QString::number(i));
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QPROXYSQL"_s, names.constLast());
        db.setHostName(QString::fromLocal8Bit(argv[3]));
        db.setUserName(u"app"_s);
        db.setPassword(u"secret"_s);
        db.setDatabaseName(u"test"_s);
        db.setConnectOptions(u"POOL=orders;CHECK_INTERVAL=10"_s);
        if (!db.open())
            return 2;
    }
    QString busy;
    QTimer work;
    QObject::connect(&work, &QTimer::timeout, &application, [&] {
        for (const QString &name : std::as_const(names)) {
            if (name != busy)
                QSqlQuery(QSqlDatabase::database(name)).exec(u"SELECT 1"_s);
        }
    });
    work.start(500);
    obeyLines(application, [&](const QStringList &words) {
        if (words.value(0) == "commit"_L1) {
            QSqlDatabase::database(busy).commit();
            busy.clear();
        }
        for (const QString &name : std::as_const(names)) {
            QSqlDatabase db = QSqlDatabase::database(name);
            if (words.value(0) == "begin"_L1 && busy.isEmpty()
                && db.driver()->property("currentPeer").toString() == words.value(1)) {
                busy = name;
                db.transaction();
                QSqlQuery(db).exec(u"SELECT 1"_s);
            }
        }
    });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const QByteArrayView mode(argc > 1 ? argv[1] : "");
    if (mode == "--application" && argc == 5)
        return runApplication(argc, argv);
    if (mode == "--user" && argc > 2)
        return runWindow(argc, argv);
    std::cerr << "monitorpicture --user NAME | --application NAME HOSTS COUNT\n";
    return 2;
}
