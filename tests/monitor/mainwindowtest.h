// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "monitorfixture.h"

#include "models/displaystate.h"
#include "window/draincardwidget.h"
#include "window/draindialog.h"
#include "window/eventspane.h"
#include "window/messagebar.h"
#include "window/peerstable.h"
#include "window/pooltabs.h"
#include "window/rowsview.h"
#include "window/steering.h"

#include <QtCore/QJsonDocument>
#include <QtGui/QAccessible>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QClipboard>
#include <QtGui/QTextDocumentFragment>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

#include <ctime>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// Fixture for the window with simulated views.
class MainWindowTest : public QObject
{
protected:
    void setUp();
    void tearDown();
    QString statusText() { return fixture().window.findChild<QLabel *>(u"status"_s)->text(); }
    /// The facts that the drain dialog shows.
    QString factsText()
    {
        QStringList lines;
        for (const QString &name :
             {u"sessions"_s, u"landings"_s, u"others"_s, u"warnings"_s, u"guardText"_s}) {
            const auto *const label = dialog()->findChild<QLabel *>(name);
            if (!label->isHidden() && !label->text().isEmpty())
                lines.append(label->text());
        }
        return lines.join(u'\n');
    }
    void select(const QString &peer)
    {
        fixture().page().table().setCurrentPeer(peer);
        QCOMPARE(fixture().page().currentPeer(), peer);
    }
    void press(QAction *action)
    {
        QVERIFY(!action->shortcut().isEmpty());
        QTest::keySequence(&fixture().window, action->shortcut());
    }
    DrainDialog *dialog() { return fixture().window.steering().dialog(); }
    MonitorFixture &fixture() { return *m_fixture; }

    std::unique_ptr<MonitorFixture> m_fixture;
};

inline void MainWindowTest::setUp()
{
    m_fixture = std::make_unique<MonitorFixture>();
    QVERIFY(m_fixture->show());
}

inline void MainWindowTest::tearDown()
{
    m_fixture.reset();
}
