// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakedesktop.h"
#include "scriptedsource.h"

#include "window/mainwindow.h"
#include "window/monitoractions.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/poolpage.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QTabBar>

#include <memory>

/// A window with a scripted source and its own settings. No timer polls.
class MonitorFixture
{
public:
    explicit MonitorFixture(bool isReadOnly = false, const QString &settingsFile = {})
        : settings(settingsFile.isEmpty() ? folder.filePath(QStringLiteral("monitor.ini"))
                                          : settingsFile)
        , sources({.folder = folder.path(), .isReadOnly = isReadOnly})
        , desktop(new FakeDesktop)
        , window(sources, settings, nullptr, std::unique_ptr<FakeDesktop>(desktop))
    {
        sources.setPaused(true);
        auto scripted = std::make_unique<ScriptedSource>();
        scripted->isReadOnlySource = isReadOnly;
        script = scripted.get();
        source = sources.add(
                std::make_unique<qproxysql::WatchedSource>(qproxysql::WatchedSource::Kind::Machine,
                                                           QString(), std::move(scripted)));
    }

    /// Shows the window, and waits for the first view.
    bool show()
    {
        window.show();
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window)
               && QTest::qWaitFor([this] { return window.page() != nullptr; });
    }
    bool refresh()
    {
        QSignalSpy spy(source, &qproxysql::WatchedSource::refreshed);
        source->refresh();
        return spy.count() > 0 || spy.wait();
    }
    /// Two widgets with the same mnemonic; empty: there are none.
    QString mnemonicClash() const
    {
        QStringList texts;
        const QList<QAction *> menus = window.menuBar()->actions();
        for (const QAction *action : menus)
            texts.append(action->text());
        const QList<QAbstractButton *> buttons = window.findChildren<QAbstractButton *>();
        for (const QAbstractButton *button : buttons) {
            if (button->isVisible() && button->window() == &window)
                texts.append(button->text());
        }
        const QList<QTabBar *> bars = window.findChildren<QTabBar *>();
        for (const QTabBar *bar : bars) {
            for (int i = 0; bar->isVisible() && i < bar->count(); ++i)
                texts.append(bar->tabText(i));
        }
        const QList<QMenu *> all = window.findChildren<QMenu *>();
        if (const QString clash = clashIn(texts); !clash.isEmpty())
            return clash;
        for (const QMenu *menu : all) {
            QStringList entries;
            const QList<QAction *> actions = menu->actions();
            for (const QAction *action : actions)
                entries.append(action->text());
            if (const QString clash = clashIn(entries); !clash.isEmpty())
                return clash;
        }
        return {};
    }

    qproxysql::PoolPage &page() { return *window.page(); }
    qproxysql::MonitorActions &actions() { return window.actions(); }

    static QString clashIn(const QStringList &texts)
    {
        QHash<QString, QString> known;
        for (const QString &text : texts) {
            const QString key = QKeySequence::mnemonic(text).toString();
            if (!key.isEmpty() && known.contains(key))
                return text + QStringLiteral(" and ") + known.value(key);
            known.insert(key, text);
        }
        return {};
    }

    QTemporaryDir folder;
    qproxysql::MonitorSettings settings;
    qproxysql::MonitorSources sources;
    FakeDesktop *const desktop; ///< the window's
    qproxysql::MainWindow window;
    ScriptedSource *script = nullptr;
    qproxysql::WatchedSource *source = nullptr;
};
